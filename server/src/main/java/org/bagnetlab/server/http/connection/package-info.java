/** Connections of clients: how many there are, how long the server waits for them, and TLS. */
@NullMarked
package org.bagnetlab.server.http.connection;

import org.jspecify.annotations.NullMarked;
