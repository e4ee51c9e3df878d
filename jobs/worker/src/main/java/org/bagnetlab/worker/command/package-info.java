/** Requests to the engine that are no jobs. */
@NullMarked
package org.bagnetlab.worker.command;

import org.jspecify.annotations.NullMarked;
