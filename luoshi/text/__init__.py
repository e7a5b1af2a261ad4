from luoshi.text.read import read as read
