/** The devices that jobs run on: chosen for a server, and listed. */
@NullMarked
package org.bagnetlab.server.cli.device;

import org.jspecify.annotations.NullMarked;
