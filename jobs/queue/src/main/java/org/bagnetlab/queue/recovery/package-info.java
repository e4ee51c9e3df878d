/**
 * Recovers what a previous server or worker left: its processes, its files, and the states that
 * trainings resume from.
 */
package org.bagnetlab.queue.recovery;
