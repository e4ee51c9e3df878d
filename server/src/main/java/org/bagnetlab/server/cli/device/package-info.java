/** Options that choose the devices for jobs, and the command that lists them. */
package org.bagnetlab.server.cli.device;
