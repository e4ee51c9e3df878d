/** The server: storage, queue and HTTP interface. */
package org.bagnetlab.server;
