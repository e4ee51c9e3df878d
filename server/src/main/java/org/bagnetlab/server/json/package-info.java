/** What the interface shows of jobs, devices and files, as JSON. */
@NullMarked
package org.bagnetlab.server.json;

import org.jspecify.annotations.NullMarked;
