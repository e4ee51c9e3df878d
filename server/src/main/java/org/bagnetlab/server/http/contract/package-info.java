/** The OpenAPI description of the HTTP interface, and its operations. */
@NullMarked
package org.bagnetlab.server.http.contract;

import org.jspecify.annotations.NullMarked;
