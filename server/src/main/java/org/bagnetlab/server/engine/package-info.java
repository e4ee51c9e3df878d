/** Processes that answer one request, with their own engine and memory. */
@NullMarked
package org.bagnetlab.server.engine;

import org.jspecify.annotations.NullMarked;
