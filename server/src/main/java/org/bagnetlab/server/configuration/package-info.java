/** How a lab is set up: the file {@code bagnetlab.yaml}, read once at the start. */
@NullMarked
package org.bagnetlab.server.configuration;

import org.jspecify.annotations.NullMarked;
