/** What jobs cost: time of devices and processors, memory, energy. */
package org.bagnetlab.storage.cost;
