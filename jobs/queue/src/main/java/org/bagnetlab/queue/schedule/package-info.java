/** Decides which job goes to which device, and when interrupted jobs are retried. */
@NullMarked
package org.bagnetlab.queue.schedule;

import org.jspecify.annotations.NullMarked;
