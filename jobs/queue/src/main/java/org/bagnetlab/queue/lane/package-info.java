/** Short jobs that a user is waiting for, which run in parallel to the queue. */
@NullMarked
package org.bagnetlab.queue.lane;

import org.jspecify.annotations.NullMarked;
