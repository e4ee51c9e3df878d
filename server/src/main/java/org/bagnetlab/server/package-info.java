/** The server: storage, queue and HTTP interface, put together. */
@NullMarked
package org.bagnetlab.server;

import org.jspecify.annotations.NullMarked;
