/** Automatic disk checks, retention and notifications. */
@NullMarked
package org.bagnetlab.server.housekeeping;

import org.jspecify.annotations.NullMarked;
