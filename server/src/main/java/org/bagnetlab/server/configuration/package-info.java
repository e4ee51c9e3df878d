/** The configuration of a lab: the file {@code bagnetlab.yaml}, read once at the start. */
@NullMarked
package org.bagnetlab.server.configuration;

import org.jspecify.annotations.NullMarked;
