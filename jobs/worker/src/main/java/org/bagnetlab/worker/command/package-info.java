/** Requests to the engine other than jobs. */
@NullMarked
package org.bagnetlab.worker.command;

import org.jspecify.annotations.NullMarked;
