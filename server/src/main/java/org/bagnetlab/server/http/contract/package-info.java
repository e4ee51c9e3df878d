/** The OpenAPI description of the HTTP interface, and its operations. */
package org.bagnetlab.server.http.contract;
