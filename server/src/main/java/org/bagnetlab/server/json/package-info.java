/** The JSON forms of jobs, devices and files in the API. */
package org.bagnetlab.server.json;
