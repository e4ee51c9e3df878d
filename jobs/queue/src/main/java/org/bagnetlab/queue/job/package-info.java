/**
 * A job: its states, the events that change them, the lifecycle and the retry policy that decide
 * how, and the causes. Pure: knows neither the database nor processes.
 */
@NullMarked
package org.bagnetlab.queue.job;

import org.jspecify.annotations.NullMarked;
