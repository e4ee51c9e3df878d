/** What the lab does about its disk, its old files and its people, by itself. */
@NullMarked
package org.bagnetlab.server.housekeeping;

import org.jspecify.annotations.NullMarked;
