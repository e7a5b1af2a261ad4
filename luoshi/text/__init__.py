from luoshi.text.read import read as read
from luoshi.text.restore import restore as restore
