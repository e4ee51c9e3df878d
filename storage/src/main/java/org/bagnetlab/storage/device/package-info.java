/** Readings of devices. */
package org.bagnetlab.storage.device;
