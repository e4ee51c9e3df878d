/** Holds the server, its tests and the dashboard to the interface's description. */
@NullMarked
package org.bagnetlab.server.contract;

import org.jspecify.annotations.NullMarked;
