/** What happens to jobs, and why. Knows neither the database nor processes. */
@NullMarked
package org.bagnetlab.queue.job;

import org.jspecify.annotations.NullMarked;
