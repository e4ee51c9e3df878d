/** What the queue publishes, and the channel that it publishes on. */
@NullMarked
package org.bagnetlab.queue.event;

import org.jspecify.annotations.NullMarked;
