/** The events of the queue, and the channel that publishes them. */
package org.bagnetlab.queue.event;
