/** The server: storage, queue and HTTP interface. */
@NullMarked
package org.bagnetlab.server;

import org.jspecify.annotations.NullMarked;
