/** Short jobs that a user is waiting for, which run in parallel to the queue. */
package org.bagnetlab.queue.lane;
