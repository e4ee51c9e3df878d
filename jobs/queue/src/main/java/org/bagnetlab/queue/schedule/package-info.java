/** Decides which job goes to which device, and when interrupted jobs are retried. */
package org.bagnetlab.queue.schedule;
