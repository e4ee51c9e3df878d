/** Short jobs that somebody waits for, which run beside the queue. */
@NullMarked
package org.bagnetlab.queue.lane;

import org.jspecify.annotations.NullMarked;
