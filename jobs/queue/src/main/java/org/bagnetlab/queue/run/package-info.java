/**
 * One job on a device: the verticle of the device, the worker that it starts, the monitor of the
 * worker's process, and the recorder of its events.
 */
package org.bagnetlab.queue.run;
