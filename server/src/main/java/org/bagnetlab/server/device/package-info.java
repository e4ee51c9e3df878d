/** The devices of the lab and the other GPUs of the machine, as shown by the API. */
package org.bagnetlab.server.device;
