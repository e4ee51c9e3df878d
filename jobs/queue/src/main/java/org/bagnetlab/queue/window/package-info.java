/** The hours in which devices run the jobs of the queue. */
package org.bagnetlab.queue.window;
