/** The sweeps that come with the lab. */
@NullMarked
package org.bagnetlab.server.sweep;

import org.jspecify.annotations.NullMarked;
