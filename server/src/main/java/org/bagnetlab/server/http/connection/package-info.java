/** Connections of clients: their maximum number, timeouts, and TLS. */
package org.bagnetlab.server.http.connection;
