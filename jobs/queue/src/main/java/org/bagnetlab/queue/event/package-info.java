/** The events of the queue, and the channel that publishes them. */
@NullMarked
package org.bagnetlab.queue.event;

import org.jspecify.annotations.NullMarked;
