/**
 * The queue of jobs. {@link org.bagnetlab.queue.JobQueue} and {@link org.bagnetlab.queue.Sweeps}
 * are its public interface; {@link org.bagnetlab.queue.event.QueueEvents} publishes what happens.
 *
 * <p>One package per concept, each depending only on earlier ones: {@code job} and {@code device},
 * {@code spec}, {@code sweep}, {@code event}, {@code launch}, {@code store}, {@code recovery},
 * {@code run}, {@code schedule}.
 */
package org.bagnetlab.queue;
