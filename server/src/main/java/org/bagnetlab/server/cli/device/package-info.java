/** Options that choose the devices for jobs, and the command that lists them. */
@NullMarked
package org.bagnetlab.server.cli.device;

import org.jspecify.annotations.NullMarked;
