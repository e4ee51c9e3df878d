/**
 * A job: its states, the events that change them, the lifecycle and the retry policy that determine
 * the changes, and their causes. Pure functions and data, independent of the database and of
 * processes.
 */
package org.bagnetlab.queue.job;
