/**
 * The queue: jobs and their states, the scheduler that gives them to devices, and the verticle that
 * monitors one worker process per device. What happens is stored first and then published.
 */
@NullMarked
package org.bagnetlab.queue;

import org.jspecify.annotations.NullMarked;
