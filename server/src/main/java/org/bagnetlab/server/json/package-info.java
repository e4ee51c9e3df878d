/** The JSON forms of jobs, devices and files in the API. */
@NullMarked
package org.bagnetlab.server.json;

import org.jspecify.annotations.NullMarked;
