/** When the jobs of the queue will start. */
package org.bagnetlab.queue.forecast;
