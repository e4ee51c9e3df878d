/**
 * The devices that jobs run on: the CPU and GPU slots of a machine, and whether a GPU may be used
 * now.
 */
package org.bagnetlab.queue.device;
