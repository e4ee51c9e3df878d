@NullMarked
package org.bagnetlab.server.cli.doctor;

import org.jspecify.annotations.NullMarked;
