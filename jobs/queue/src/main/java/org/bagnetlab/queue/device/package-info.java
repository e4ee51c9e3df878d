/**
 * The devices that jobs run on: a machine's CPU and GPU slots, and the check whether a GPU may be
 * used now.
 */
package org.bagnetlab.queue.device;
