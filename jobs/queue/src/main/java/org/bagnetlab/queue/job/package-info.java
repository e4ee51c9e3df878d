/**
 * A job: its states, the events that change them, the lifecycle and the retry policy that determine
 * how, and the causes. Pure: independent of the database and of processes.
 */
package org.bagnetlab.queue.job;
