/** Processes that answer one request: they have an engine, and memory of their own. */
@NullMarked
package org.bagnetlab.server.engine;

import org.jspecify.annotations.NullMarked;
