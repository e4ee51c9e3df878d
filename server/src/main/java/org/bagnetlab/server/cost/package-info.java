/** What jobs cost: time of devices and processors, memory and energy. */
package org.bagnetlab.server.cost;
