/** The application as it is delivered: its own processes, a real engine, a real browser. */
@NullMarked
package org.bagnetlab.server.endtoend;

import org.jspecify.annotations.NullMarked;
