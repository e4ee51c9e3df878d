/** Connections of clients: their maximum number, timeouts, and TLS. */
@NullMarked
package org.bagnetlab.server.http.connection;

import org.jspecify.annotations.NullMarked;
